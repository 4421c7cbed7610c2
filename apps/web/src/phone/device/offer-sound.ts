import { playNotes } from '../../ui/play-notes';

const KEY = 'doorstep.offerSound';

/** The sound of an offer on this phone: on until somebody turns it off. */
export const offerSound = {
  isOn: (): boolean => localStorage.getItem(KEY) !== 'off',
  set: (on: boolean): void => localStorage.setItem(KEY, on ? 'on' : 'off'),
  play(): void {
    if (!offerSound.isOn()) return;
    playNotes(
      [
        [784, 0],
        [988, 0.18],
        [1_175, 0.36],
      ],
      0.3,
    );
  },
};
