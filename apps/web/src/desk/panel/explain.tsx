import { Skeleton } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import type { Explanation, Job } from '../../api/types';
import { Failure } from '../../ui/failure';
import classes from './explain.module.css';
import { points, type Term, termName, termValue, weightOf } from './term-words';
import { verdictNumbers, verdictWords } from './verdicts';

/** Why this worker or why not: the whole sum, what would have to change, and every rule with its numbers. */
export function Explain({ job, workerId }: { job: Job; workerId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['job', job.id, 'explain', workerId, job.version],
    queryFn: () => api.get('/jobs/{id}/candidates/{workerId}/explain', { path: { id: job.id, workerId } }),
    staleTime: 15_000,
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} />;
  return (
    <div className={classes.explain}>
      <Against explanation={data} />
      <Sum terms={data.terms} total={data.total} />
      <Rules verdicts={data.verdicts} />
    </div>
  );
}

function Against({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation('desk');
  const { against, eligible } = explanation;
  if (!against) return <p className={classes.lead}>{t('explain.nobodyElse')}</p>;
  const { name, behindPoints, barriers, anyOf, holds } = against;
  const behind = behindPoints !== null && behindPoints > 0;
  return (
    <div>
      <h4 className={classes.title}>{t('explain.change')}</h4>
      <p className={classes.lead}>
        {holds ? t('explain.againstHolder', { name }) : t('explain.againstFirst', { name })}{' '}
        {behindPoints === null
          ? t('explain.notComparable')
          : behind
            ? t('explain.behind', { points: points(behindPoints).replace('+', '') })
            : eligible
              ? t('explain.ahead')
              : t('explain.notBehind')}
      </p>
      <ul className={classes.changes}>
        {barriers.map((text) => (
          <li key={text}>{t('explain.barrier', { rule: verdictWords(text) })}</li>
        ))}
        {anyOf.map(({ term, from, to }) => (
          <li key={term}>
            {t('explain.enough', {
              term: termName(term),
              from: termValue(term, from),
              to: termValue(term, to),
            })}
          </li>
        ))}
        {behind && anyOf.length === 0 && <li>{t('explain.noSingle')}</li>}
      </ul>
    </div>
  );
}

function Sum({ terms, total }: { terms: readonly Term[]; total: number | null }) {
  const { t } = useTranslation('desk');
  const counted = terms.filter(({ weight }) => weight !== 0);
  const idle = terms.filter(({ weight }) => weight === 0);
  return (
    <div>
      <h4 className={classes.title}>{t('explain.sum')}</h4>
      <table className={`${classes.sum} tnum`}>
        <thead>
          <tr>
            <th scope="col">{t('explain.term')}</th>
            <th scope="col">{t('explain.value')}</th>
            <th scope="col">{t('explain.weight')}</th>
            <th scope="col">{t('explain.points')}</th>
          </tr>
        </thead>
        <tbody>
          {counted.map((term) => (
            <tr key={term.term}>
              <th scope="row">{termName(term.term)}</th>
              <td>{termValue(term.term, term.raw)}</td>
              <td>× {weightOf(term.weight)}</td>
              <td>{points(term.points)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {t('explain.total')}
            </th>
            <td>{points(total)}</td>
          </tr>
        </tfoot>
      </table>
      {idle.length > 0 && (
        <p className={classes.quiet}>
          {t('explain.idle', { terms: idle.map(({ term }) => termName(term)).join(t('why.and')) })}
        </p>
      )}
    </div>
  );
}

function Rules({ verdicts }: { verdicts: Explanation['verdicts'] }) {
  const { t } = useTranslation('desk');
  const broken = verdicts.filter(({ ok }) => !ok).length;
  return (
    <div>
      <h4 className={classes.title}>
        {broken === 0 ? t('explain.allKept') : t('explain.broken', { count: broken })}
      </h4>
      <ul className={classes.rules}>
        {[...verdicts]
          .sort((a, b) => Number(a.ok) - Number(b.ok))
          .map(({ rule, code, ok, text }) => (
            <li key={rule} data-ok={ok}>
              {ok ? (
                <IconCheck size={14} aria-label={t('explain.kept')} />
              ) : (
                <IconX size={14} aria-label={t('explain.notKept')} />
              )}
              <span>{ok ? t(`rule.${rule}`, { defaultValue: code }) : verdictWords(text)}</span>
              {ok && <span className="tnum">{verdictNumbers(text)}</span>}
            </li>
          ))}
      </ul>
    </div>
  );
}
