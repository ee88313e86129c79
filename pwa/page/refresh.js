/** Show anew what is on the page, by morphing, when records below it have changed. */
import { $, fetchPart, fetchText, htmx } from './dom.js';
import { guardMorph } from './inhand.js';
import { tellMeanwhile } from './meanwhile.js';
import { refreshPeek } from './peek.js';

const MOST_PAGES = 20;
let wanted = 0;

/** Soon, and once for a burst of news. */
export function refresh() {
  clearTimeout(wanted);
  wanted = setTimeout(now, 80);
}

const place = () => location.pathname + location.search;

/** Is there a form on the page that somebody fills in? */
const isWriting = () => $('#record-form, #main form[data-typing]');

function now() {
  if (document.hidden) {
    document.addEventListener('visibilitychange', refresh, { once: true });
    return;
  }
  guardMorph();
  if ($('#record-form')) tellMeanwhile();
  else if (isWriting()) return; // what is typed there is in no draft
  else if ($('[data-paged]')) refreshPages();
  // A source of its own: what the body asks for, going back among it, must not wait for this.
  else htmx().ajax('GET', place(), { source: '#main', target: '#main', swap: 'innerMorph', place: place() })?.catch?.(() => {});
  refreshPeek();
}

/** A list of which more than the first page is shown: as many rows as before. */
async function refreshPages() {
  const asked = place();
  const shown = counted($('#rows'));
  try {
    const page = await fetchPart(asked);
    const rows = $('#rows', page);
    for (let n = 0; rows && n < MOST_PAGES; n++) {
      const more = behind(rows, shown);
      if (!more) break;
      more.replaceWith(...(await rowsAt($('a', more).getAttribute('href'))));
    }
    if (asked !== place() || !rows || !$('#rows')) return;
    htmx().swap({ text: rows.innerHTML, target: $('#rows'), swap: 'innerMorph', sourceElement: $('#rows') });
  } catch {
    // No answer: the next news tries again.
  }
}

/** Rows of a list, or those of a group, which come alone: only a template takes such. */
async function rowsAt(href) {
  const holder = document.createElement('template');
  holder.innerHTML = await fetchText(href);
  return ($('#rows', holder.content) ?? holder.content).children;
}

/** How many rows each group has; without groups all are one. */
function counted(rows) {
  const found = {};
  let group = '';
  for (const row of rows.children) {
    group = row.dataset.group ?? group;
    if (row.dataset.id) found[group] = (found[group] ?? 0) + 1;
  }
  return found;
}

/** Where the next rows are of the first group that has fewer than before. */
function behind(rows, shown) {
  const now = counted(rows);
  let group = '';
  for (const row of rows.children) {
    group = row.dataset.group ?? group;
    if (row.matches('.more') && (now[group] ?? 0) < (shown[group] ?? 0)) return row;
  }
  return null;
}

/** The answer comes too late for a person who has gone on. */
document.addEventListener('htmx:before:swap', (event) => {
  const asked = event.detail.ctx.place;
  if (asked && (asked !== place() || isWriting())) event.preventDefault();
});
