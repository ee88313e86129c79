// Views into answers: the same templates as the server's, with the same headers.
import { said } from '../runtime/i18n.js';
import { createRenderer } from '../runtime/index.js';
import { templates } from '../generated/templates.js';
import { TABLES } from '../generated/tables.js';
import { PLURALS } from '../generated/plurals.js';
import { VERSION } from '../generated/build.js';
import { configure, makeFilters } from '../views/filters.js';
import { baseContext } from '../views/context.js';
import { offerZones } from '../views/settings.js';
import { ASSETS, readJson } from './shell.js';
import { present } from './present.js';

configure(TABLES);
offerZones(TABLES.zones);
const catalogues = new Map();

async function catalogue(lang) {
  if (lang === 'en' || !ASSETS[`i18n/${lang}.json`]) return null;
  if (!catalogues.has(lang)) {
    const { messages } = await readJson(`i18n/${lang}.json`);
    catalogues.set(lang, { messages, plural: PLURALS[lang] });
  }
  return catalogues.get(lang);
}

/** One text in a language. */
export const say = async (text, lang) => said(await catalogue(lang), text);

/** Everything a template can name, for one person at one moment. */
async function renderer(fmt) {
  const catalog = await catalogue(fmt.lang);
  const gettext = (id) => said(catalog, id);
  const ngettext = (one, many, n) => catalog?.messages[one]?.[catalog.plural(n)] ?? (n === 1 ? one : many);
  return createRenderer({ templates, catalog, filters: makeFilters(fmt, gettext, ngettext) });
}

/**
 * @param {[string, object]} view template and context
 * @param {{me: object|null, path: string, now: string, partial: boolean, sync: object}} visit
 */
export async function page([template, context], visit, status = 200) {
  const base = baseContext(visit, { nav: visit.nav ?? [], assets: ASSETS });
  const render = await renderer(base.fmt);
  const html = render(template, { ...base, ...context });
  return new Response(html, { status, headers: headers() });
}

function headers() {
  return {
    ...TABLES.headers,
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Vary': 'HX-Request, HX-Target',
    'X-Rendered-By': 'worker',
    'X-App-Version': VERSION,
  };
}

export const moved = (target) => Response.redirect(new URL(target, location.origin), 303);

const SAID = TABLES.failures;
/** What is said of pages that the server alone can make. */
export const APART = TABLES.apart;

/** What can't be done, said as the server says it; 503 is being without a network. */
export async function errorPage(status, visit = null, said = null) {
  const here = visit ? null : await present().catch(() => null);
  const me = visit?.me ?? here?.store.meta('me') ?? null;
  const [, title, usual] = SAID[status] ?? SAID[500];
  const hint = said ?? usual;
  const error = { status, title, message: title, hint };
  const now = new Date().toISOString().slice(0, 19) + 'Z';
  const known = here?.store.status() ?? { pending: 0, failed: 0, conflicts: 0, unread: 0, last: null };
  const sync = { ...known, offline: status === 503, signin: false, stale: false, worker: true };
  const blank = { me, path: '/error', now, partial: false, sync, lang: navigator.language.slice(0, 2) };
  return page(['error.html', { error }], { ...blank, ...visit }, status);
}
