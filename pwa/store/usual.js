/** Defaults that are told by a word, each of one kind: a text may well begin with "now"; mirrors
 *  USUAL of server/core/field.py. */
export const USUAL = { person: 'me', team: 'my_team', date: 'today', instant: 'now' };
