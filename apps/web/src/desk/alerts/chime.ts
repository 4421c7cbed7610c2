import { playNotes } from '../../ui/play-notes';

const KEY = 'doorstep.sound';

export const soundIsOn = (): boolean => localStorage.getItem(KEY) === 'on';
export const setSound = (on: boolean): void => localStorage.setItem(KEY, on ? 'on' : 'off');

/** The desk's one sound: two soft notes. Silent until somebody has asked for it. */
export function chime(): void {
  if (!soundIsOn()) return;
  playNotes([
    [660, 0],
    [880, 0.16],
  ]);
}
