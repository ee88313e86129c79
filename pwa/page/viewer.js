/** Pictures large: a tap opens one, arrows and swipes go on to the others of the same record. */
import { $, $$, on, root } from './dom.js';

const SWIPE = 40; // px

let pictures = [];
let at = 0;
let began = null;

export function startViewer() {
  on('click', 'a[data-view]', open);
  on('click', '[data-view-step]', (event, button) => step(Number(button.dataset.viewStep)));
  on('keydown', '#viewer', keys);
  on('pointerdown', '#viewer img', (event) => { began = event.clientX; });
  on('pointerup', '#viewer', swiped);
}

const forward = () => (root.dir === 'rtl' ? -1 : 1);

function open(event, link) {
  if (event.ctrlKey || event.metaKey || !$('#viewer')) return;
  event.preventDefault();
  pictures = $$('a[data-view]', link.closest('.tiles') ?? link.parentElement);
  at = pictures.indexOf(link);
  show();
  $('#viewer').showModal();
}

function show() {
  const link = pictures[at];
  const dialog = $('#viewer');
  const image = $('img', dialog);
  const small = $('img', link);
  image.src = link.dataset.view;
  image.alt = $('.name', link.parentElement)?.textContent ?? small?.alt ?? '';
  $('[data-view-name]', dialog).textContent = image.alt;
  $('[data-view-open]', dialog).href = link.href;
  for (const button of $$('[data-view-step]', dialog)) button.hidden = pictures.length < 2;
}

function step(by) {
  at = (at + by + pictures.length) % pictures.length;
  show();
}

function keys(event) {
  const by = { ArrowRight: forward(), ArrowLeft: -forward() }[event.code];
  if (!by || pictures.length < 2) return;
  event.preventDefault();
  step(by);
}

function swiped(event) {
  if (began === null) return;
  const way = event.clientX - began;
  began = null;
  if (Math.abs(way) > SWIPE && pictures.length > 1) step(way < 0 ? forward() : -forward());
}
