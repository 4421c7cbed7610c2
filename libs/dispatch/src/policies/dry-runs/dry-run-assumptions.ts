import { type CodedMessage, codedMessage } from '#kernel';
import type { RecordedDay } from '../replay/recorded-day.js';

/** What a reader must know before trusting the figures. */
export function assumptionsOf({ jobs, workers, answers }: RecordedDay): CodedMessage[] {
  const measured = jobs.filter(({ workedSeconds }) => workedSeconds !== null).length;
  const placed = workers.filter(({ fixes }) => fixes.length > 0).length;
  return [
    codedMessage(
      'BOTH_ARE_REPLAYS',
      'Compare "present" with "proposed": both are replays. "recorded" is what happened, with everything a replay leaves out (hands at the desk, traffic, no-shows).',
    ),
    codedMessage(
      'WAYS_ESTIMATED',
      'Travel is estimated for all three: straight line, detour factor and speed of the policy. Nothing is measured on a road.',
    ),
    answersOf(answers),
    codedMessage(
      'WORK_AS_MEASURED',
      `Work lasts as measured for ${measured} of ${jobs.length} jobs, else as planned.`,
      {
        measured,
        jobs: jobs.length,
      },
    ),
    codedMessage(
      'DUTY_AS_RECORDED',
      `${workers.length} workers are on duty as recorded; ${placed} have recorded positions, which hold until their first replayed job; from then on they wait where they worked last.`,
      { workers: workers.length, placed },
    ),
    codedMessage(
      'ABILITIES_OF_TODAY',
      'Skills, hours, areas and ratings are those of today; every job created in the span is replayed, work begun before it is not.',
    ),
  ];
}

function answersOf(answers: RecordedDay['answers']): CodedMessage {
  const seconds = Math.round(answers.answerSeconds);
  const after = `after about ${seconds} s; which offer is refused is drawn by a seed, the same for both replays.`;
  const { offers } = answers;
  if (offers === 0)
    return codedMessage(
      'ALL_ACCEPT',
      `Everybody who is asked accepts, for want of recorded offers, ${after}`,
      {
        seconds,
      },
    );
  const percent = Math.round(answers.acceptedShare * 100);
  return codedMessage(
    'ANSWERS_AS_RECORDED',
    `Offers are answered as ${offers} recorded offers were: ${percent} % accepted, ${after}`,
    { offers, percent, seconds },
  );
}
