/** What is not closed comes first: the default of a state's filter; mirrors closing.py. */
import { stateOf } from './rows.js';

export const [UNCLOSED, ALL] = ['unclosed', 'all'];

/** What a filter asks for when the address says nothing about it. */
export const defaultOf = (owner, field) =>
  (owner.closed.length && field === stateOf(owner) ? UNCLOSED : '');

/** The states in which something is left to do. */
export const openStates = (owner) =>
  (stateOf(owner)?.choices ?? []).map(([value]) => value).filter((value) => !owner.closed.includes(value));

/** What an address has to say for a list of what is closed as well. */
export const everything = (owner) => (owner.closed.length ? [[stateOf(owner).name, ALL]] : []);
