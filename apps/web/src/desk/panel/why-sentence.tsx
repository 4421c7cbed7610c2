import { useTranslation } from 'react-i18next';
import type { Candidate } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import { clockTime, duration, metres } from '../../ui/format';
import { verdictWords } from './verdicts';
import { whyOf } from './why';

export function WhySentence({
  candidates,
  holderId,
}: {
  candidates: readonly Candidate[];
  holderId: string | null;
}) {
  const { t } = useTranslation('desk');
  const holder = candidates.find((candidate) => candidate.workerId === holderId);
  const figures = ({ name, arrivesAt, travelSeconds, distanceMetres }: Candidate) => ({
    name,
    arrives: arrivesAt
      ? t('why.at', { time: clockTime(arrivesAt, businessClock.now()) })
      : t('why.about', { time: duration(travelSeconds) }),
    distance: metres(distanceMetres),
  });
  if (holder) return t('why.holder', figures(holder));
  const why = whyOf(candidates);
  if (why.kind === 'nobody') return t('why.nobody');
  if (why.kind === 'first') return t('why.first', { ...figures(why.first), count: why.able });
  return t('why.none', {
    count: why.count,
    reasons: why.reasons.map(({ code, count }) => `${count} ${verdictWords(code)}`).join(t('why.and')),
  });
}
