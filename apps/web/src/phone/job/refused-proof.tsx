import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types';
import { businessClock } from '../../live/business-clock';
import type { ProofEntry, ProofKind } from '../../offline/entry';
import { clockTime } from '../../ui/format';
import classes from '../phone.module.css';
import { usePhone, visitOf } from '../state/phone-context';
import type { Tool } from './job-tools';

interface Props {
  job: Job;
  open: (tool: Tool) => void;
}

/** Proof of this visit that the server did not take, from this phone or another: said at once, with the way out. */
export function RefusedProof({ job, open }: Props) {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const here = state.entries.filter(
    (entry): entry is ProofEntry =>
      entry.type === 'proof' && entry.jobId === job.id && entry.state === 'rejected',
  );
  const elsewhere = job.proofRefused;
  const { proved } = visitOf(state, job);
  const isOpen =
    elsewhere && !proved.includes(elsewhere.kind) && !here.some(({ kind }) => kind === elsewhere.kind);
  return (
    <>
      {here.map(({ seq, kind, problem }) => (
        <Card
          key={seq}
          kind={kind}
          open={open}
          isNeeded={job.proofRequired.includes(kind) && !proved.includes(kind)}
        >
          {t(`refusal.${problem?.code}_${kind}`, {
            defaultValue: t(`refusal.${problem?.code}`, {
              defaultValue: problem?.detail || t('refusal.other'),
            }),
          })}
        </Card>
      ))}
      {isOpen && (
        <Card kind={elsewhere.kind} open={open} isNeeded>
          {t('proof.refusedElsewhere', { time: clockTime(elsewhere.at, businessClock.now()) })}
        </Card>
      )}
    </>
  );
}

function Card(props: { kind: ProofKind; isNeeded: boolean; open: (tool: Tool) => void; children: string }) {
  const { t } = useTranslation('phone');
  const { kind, isNeeded, open, children } = props;
  return (
    <section className={`${classes.card} ${classes.warn}`} role="alert">
      <Text fw={650}>{t('proof.refusedTitle', { what: t(`proof.${kind}`) })}</Text>
      <Text>
        {children} {isNeeded && t('proof.refusedText')}
      </Text>
      <Button mih="2.75rem" mt="xs" fullWidth onClick={() => open(kind)}>
        {t('proof.retake')}
      </Button>
    </section>
  );
}
