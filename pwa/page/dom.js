/** What every module of the page shares: finding, listening, words, and who is here. */
export const root = document.documentElement;
export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
export const htmx = () => window.htmx;

/** A text that the page carries, translated. */
export const word = (name) => $('#words')?.dataset[name] ?? '';

/** @returns {{lang: string, calendar: string, zone: string, region: string}} */
export const person = () => {
  const { calendar, zone, region } = root.dataset;
  return { lang: root.lang, calendar, zone, region };
};

/** Listen on the document for an event of what matches `selector`, now or later. */
export function on(type, selector, run, options) {
  document.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) run(event, found);
  }, options);
}

const enhancers = [];
/** Run `enhance(part)` on the page and on each part that htmx brings in. */
export function each(enhance) {
  enhancers.push(enhance);
}

export function startEnhancing() {
  const run = (part) => enhancers.forEach((enhance) => enhance(part));
  run(document.body);
  document.addEventListener('htmx:after:process', (event) => {
    if (event.target.isConnected && event.target !== document.body) run(event.target);
  });
  document.addEventListener('htmx:after:swap', (event) => {
    if (event.detail.ctx?.swap?.startsWith('innerMorph')) run(document.body);
  });
}

/** Matching elements in a part, the part itself among them. */
export const within = (part, selector) =>
  [...(part.matches?.(selector) ? [part] : []), ...$$(selector, part)];

/** An element: make('button', {type: 'button', class: 'btn'}, child, 'text'). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function icon(name, size = '') {
  const svg = $('#icon').content.firstElementChild.cloneNode(true);
  if (size) svg.classList.add(...size.split(' '));
  setIcon(svg, name);
  return svg;
}

export function setIcon(svg, name) {
  const use = $('use', svg);
  use.setAttribute('href', use.getAttribute('href').replace(/#.*/, `#${name}`));
}

/** Storage that a browser may refuse. */
export const kept = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Full or refused: what was to be kept is a comfort only.
    }
  },
  keys: (prefix) => Object.keys(localStorage).filter((key) => key.startsWith(prefix)),
  drop(prefix) {
    for (const key of this.keys(prefix)) localStorage.removeItem(key);
  },
};

/** The document that an address gives, as htmx would get it. */
export const fetchPart = async (href) => new DOMParser().parseFromString(await fetchText(href), 'text/html');

export async function fetchText(href) {
  const answer = await fetch(href, { headers: { 'HX-Request': 'true', Accept: 'text/html' } });
  if (!answer.ok) throw new Error(`${answer.status} ${href}`);
  return answer.text();
}
