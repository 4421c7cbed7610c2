import { useTranslation } from 'react-i18next';
import type { Candidate } from '../../api/types';
import { duration, metres } from '../../ui/format';
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
  if (holder)
    return t('why.holder', {
      name: holder.name,
      time: duration(holder.travelSeconds),
      distance: metres(holder.distanceMetres),
    });
  const why = whyOf(candidates);
  if (why.kind === 'nobody') return t('why.nobody');
  if (why.kind === 'first')
    return t('why.first', {
      name: why.name,
      count: why.able,
      time: duration(why.travelSeconds),
      distance: metres(why.distanceMetres),
    });
  return t('why.none', {
    count: why.count,
    reasons: why.reasons.map(({ code, count }) => `${count} ${verdictWords(code)}`).join(t('why.and')),
  });
}
