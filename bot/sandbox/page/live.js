// Keeps the page in step with the sandbox by one long poll; what a change means is the caller's business.

import { awaitChange } from "./api.js";

const WAIT_SECONDS = 25;
const PAUSE_MS = 120; // a bot edits in bursts: one refresh shows several of them
const RETRY_MS = 1000;

/**
 * Calls `refresh` once and then after every change, for as long as the page lives.
 * @param {() => Promise<void>} refresh
 * @param {(connected: boolean) => void} onConnection
 */
export async function follow(refresh, onConnection) {
  for (;;) {
    try {
      await followUntilLost(refresh, onConnection);
    } catch (error) {
      console.warn("sandbox:", error.message);
      onConnection(false);
      await pause(RETRY_MS);
    }
  }
}

async function followUntilLost(refresh, onConnection) {
  // A restarted sandbox may count from zero again, so each connection first asks where it is now.
  let revision = await awaitChange(0, 0);
  await refresh();
  onConnection(true);
  for (;;) {
    const reached = await awaitChange(revision, WAIT_SECONDS);
    await pause(PAUSE_MS);
    if (reached === revision) continue;
    revision = reached;
    await refresh();
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
