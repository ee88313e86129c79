"""What every page shows: (store, me, …) → (template, context) as plain JSON.

pwa/views/ has the same functions and gives equal results. `store` is the person's window on the
records, `me` the person and `now` an instant, all as in docs/developer/design.md; a query is
{name: [strings]}. A view of a record that is not there is None.
"""

from .alike import alike_view
from .builder import builder_view
from .chosen import chosen_view
from .conflicts import conflict_view, conflicts_view
from .form import action_view, form_view
from .heirs import heir_of
from .holding import holding_view
from .list import list_view, options_view, rows_view
from .notices import mentions_view, notices_view
from .outbox import outbox_view
from .problems import problems_view
from .revealing import revealing_view
from .search import search_view
from .settings import more_view, settings_view
from .show import show_view
from .showing import showing_view
from .sweep import sweep_view
from .today import today_view

__all__ = [
    "action_view",
    "alike_view",
    "builder_view",
    "chosen_view",
    "conflict_view",
    "conflicts_view",
    "form_view",
    "heir_of",
    "holding_view",
    "list_view",
    "mentions_view",
    "more_view",
    "notices_view",
    "options_view",
    "outbox_view",
    "problems_view",
    "revealing_view",
    "rows_view",
    "search_view",
    "settings_view",
    "show_view",
    "showing_view",
    "sweep_view",
    "today_view",
]
