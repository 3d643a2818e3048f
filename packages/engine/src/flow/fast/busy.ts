/** Busy slot time of the ready pods, in the kernel's dialect: work accepted − work left. */
import { type f64, greater, type i32, lesser, toInt } from '../../kernel/dialect.ts';
import { BASE, type Frame, LAST_TICK, READY, SLOTS } from './frame.ts';

/** µs, of slots in packed ticks. */
export function busyNarrow(frame: Frame, time: f64): f64 {
  const ready = frame.ready;
  const free = frame.free;
  const accepted = frame.accepted;
  const count: i32 = frame.ints[READY];
  const slots: i32 = frame.ints[SLOTS];
  // After a long silence the present is beyond 32 bits, and every slot free.
  const tick: i32 = toInt(lesser(time - frame.reals[BASE], LAST_TICK));
  let busy: f64 = 0;
  for (let at: i32 = 0; at < count; at += 1) {
    const first: i32 = ready[at] << 3;
    busy += accepted[ready[at]];
    for (let slot: i32 = first; slot < first + slots; slot += 1) {
      const left: i32 = (free[slot] >> 3) - tick;
      // 0 where it is negative: a mask, since a branch would be a guess.
      busy -= left & ~(left >> 31);
    }
  }
  return busy;
}

/** µs, of slots as instants. */
export function busyWide(frame: Frame, time: f64): f64 {
  const ready = frame.ready;
  const freeAt = frame.freeAt;
  const accepted = frame.accepted;
  const count: i32 = frame.ints[READY];
  const slots: i32 = frame.ints[SLOTS];
  let busy: f64 = 0;
  for (let at: i32 = 0; at < count; at += 1) {
    const first: i32 = ready[at] * (slots | 1);
    busy += accepted[ready[at]];
    for (let slot: i32 = first; slot < first + slots; slot += 1) {
      busy -= greater(0, freeAt[slot] - time);
    }
  }
  return busy;
}
