/** A sine tone of `frequency` hertz that begins `at` seconds from now. */
export type Note = readonly [frequency: number, at: number];

/** Plays soft notes of 0.3 s each. A browser stays silent until somebody has touched the page. */
export function playNotes(notes: readonly Note[], volume = 0.12): void {
  const audio = new AudioContext();
  for (const [frequency, at] of notes) {
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0.0001, audio.currentTime + at);
    gain.gain.exponentialRampToValueAtTime(volume, audio.currentTime + at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + at + 0.3);
    tone.connect(gain).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.32);
  }
  const lengthSeconds = Math.max(...notes.map(([, at]) => at)) + 0.4;
  setTimeout(() => void audio.close(), lengthSeconds * 1_000);
}
