"""Reads a systemd unit as strictly as the tests need: sections, keys with their values in order."""

from collections import defaultdict
from pathlib import Path
from typing import Final

Unit = dict[str, dict[str, list[str]]]

SEVERAL: Final = frozenset({"SystemCallFilter"})
"""Keys that mean something when they are repeated."""

_SERVICE: Final = """
    Type User Group Environment EnvironmentFile ExecCondition ExecStart WorkingDirectory Restart RestartSec
    TimeoutStartSec TimeoutStopSec Nice IOSchedulingClass StateDirectory StateDirectoryMode CacheDirectory
    CacheDirectoryMode ReadWritePaths UMask ProtectSystem ProtectHome PrivateTmp PrivateDevices PrivateNetwork
    PrivateUsers NoNewPrivileges CapabilityBoundingSet AmbientCapabilities RestrictSUIDSGID RestrictNamespaces
    RestrictRealtime LockPersonality MemoryDenyWriteExecute RemoveIPC ProtectProc ProtectHostname ProtectClock
    ProtectControlGroups ProtectKernelLogs ProtectKernelModules ProtectKernelTunables SystemCallArchitectures
    SystemCallFilter SystemCallErrorNumber RestrictAddressFamilies MemoryHigh MemoryMax TasksMax
"""
KEYS: Final = {
    "Unit": frozenset({"Description", "Documentation", "Wants", "After", "StartLimitIntervalSec"}),
    "Install": frozenset({"WantedBy"}),
    "Timer": frozenset({"OnCalendar", "RandomizedDelaySec", "Persistent"}),
    "Service": frozenset(_SERVICE.split()),
}
"""What systemd.unit(5), systemd.service(5), systemd.exec(5), systemd.timer(5) know, as far as our units use it."""


def read(path: Path) -> Unit:
    unit: Unit = {}
    section: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            name = line.strip("[]")
            assert name not in unit, f"{path.name}: [{name}] twice"
            section = unit[name] = defaultdict(list)
        else:
            key, equals, value = line.partition("=")
            assert equals, f"{path.name}: {line}"
            section[key].append(value)
    return unit


def faults(unit: Unit) -> list[str]:
    """Unknown sections and keys, and keys that say two things."""
    found = []
    for section, keys in unit.items():
        found += [f"[{section}] {key} is unknown" for key in keys if key not in KEYS.get(section, frozenset())]
        found += [f"{key} twice" for key, values in keys.items() if len(values) > 1 and key not in SEVERAL]
    return found
