"""Buttons of the form by which a risk is filed."""

from aiogram.filters.callback_data import CallbackData

from risk.ids import BlockKey, DraftId, LevelKey, OfficeId, RiskId, TerritoryKey
from risk.standing import Panel


class FormPanel(CallbackData, prefix="fp"):
    """Open a panel of the form. A form has one round: once filed or cancelled it has no buttons."""

    office: OfficeId
    draft: DraftId
    panel: Panel


class FormBlock(CallbackData, prefix="fb"):
    """Choose the block of the draft, or none."""

    office: OfficeId
    draft: DraftId
    block: BlockKey | None


class FormTerritory(CallbackData, prefix="ft"):
    """Choose the territory of the draft, or none."""

    office: OfficeId
    draft: DraftId
    territory: TerritoryKey | None


class FormLevel(CallbackData, prefix="fl"):
    """Choose the criticality of the draft."""

    office: OfficeId
    draft: DraftId
    level: LevelKey


class FormNoReach(CallbackData, prefix="fn"):
    """Take the typed figures of spread back."""

    office: OfficeId
    draft: DraftId


class FormOffice(CallbackData, prefix="fo"):
    """Say for which of its author's offices the draft is: the one where it is, or another one to move it into."""

    office: OfficeId
    draft: DraftId
    into: OfficeId


class FormRegister(CallbackData, prefix="fr"):
    """File the draft; `highest` answers the question about the highest level, None while it was not put."""

    office: OfficeId
    draft: DraftId
    highest: bool | None


class FormJoin(CallbackData, prefix="fj"):
    """Say that the draft is the same as a risk that there is."""

    office: OfficeId
    draft: DraftId
    risk: RiskId


class FormCancel(CallbackData, prefix="fc"):
    """Drop the draft."""

    office: OfficeId
    draft: DraftId
