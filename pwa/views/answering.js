/** What a person does about a notice, as operations; mirrors server/web/answering.py. */
import { instantFromLocal, local } from './calendars.js';
import * as forms from './forms.js';
import { entity } from './manifest.js';
import { later, plusDays } from './moments.js';
import { about } from './notices.js';
import { finishing } from './rows.js';

const MINUTES = { 15: 15, 60: 60 };
const [MORNING, SMALL_HOURS] = ['08:00', '04:00'];

/** It was looked at. */
export const reading = (notice, uuid, t) =>
  (notice.read ? [] : [forms.setting(entity('notice') ?? { type: 'notice' }, notice, 'read', true, uuid, t)]);

/** Operations of POST /notices/<id>/<noun>; null for what can't be done about this one. */
export function answering(store, notice, noun, until, me, now, uuid, t) {
  const read = reading(notice, uuid, t);
  if (noun === 'reading') return read;
  const [owner, record] = about(store, notice) ?? [null, null];
  if (!record) return null;
  if (noun === 'completion') {
    const action = finishing(owner, record);
    return action ? [forms.doing(owner, action, record.id, {}, record.ver, uuid, t), ...read] : read;
  }
  const at = noun === 'snoozing' && 'remind_at' in record ? snoozed(until, now, me.zone) : null;
  return at && [forms.setting(owner, record, 'remind_at', at, uuid, t), ...read];
}

/** The instant in 15 or 60 minutes, or of the next "morning"; null for anything else. */
export function snoozed(until, now, zone) {
  if (Object.hasOwn(MINUTES, until)) return later(now, MINUTES[until] * 60);
  const there = local(now, zone);
  if (until !== 'morning' || !there) return null;
  const [day, clock] = there;
  return instantFromLocal(clock < SMALL_HOURS ? day : plusDays(day, 1), MORNING, zone);
}
