import i18next from 'i18next';

/** A sentence that a proposal rests on, taken apart; null for one that this page does not know. */
export type Assumption =
  | { says: 'ways'; factor: string; speed: string; seconds: string; unanswered: string | null }
  | { says: 'roads'; seconds: string }
  | { says: 'starts' }
  | { says: 'lost'; count: number };

const ESTIMATED =
  /straight line x ([\d.]+) at (\d+) km\/h, plus (\d+) s each(?: \(no answer by road: (.*)\))?\.$/;
const BY_ROAD = /^Ways are by road, plus (\d+) s each/;
const LOST = /^(\d+) workers of whom nothing is known/;

export function readAssumption(sentence: string): Assumption | null {
  const [estimated, factor, speed, seconds, unanswered] = ESTIMATED.exec(sentence) ?? [];
  if (estimated)
    return {
      says: 'ways',
      factor: factor!,
      speed: speed!,
      seconds: seconds!,
      unanswered: unanswered ?? null,
    };
  const road = BY_ROAD.exec(sentence)?.[1];
  if (road) return { says: 'roads', seconds: road };
  if (sentence.startsWith('Everybody begins where')) return { says: 'starts' };
  const lost = LOST.exec(sentence)?.[1];
  return lost ? { says: 'lost', count: Number(lost) } : null;
}

/** The sentence in the reader's language; as the server wrote it when it is not known here. */
export function assumptionWords(sentence: string): string {
  const assumption = readAssumption(sentence);
  if (!assumption) return sentence;
  const words = i18next.t(`plan:assumes.${assumption.says}`, { ...assumption });
  return assumption.says === 'ways' && assumption.unanswered !== null
    ? `${words} ${i18next.t('plan:assumes.unanswered', { reason: assumption.unanswered })}`
    : words;
}
