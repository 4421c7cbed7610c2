import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PROOF_KINDS } from '#kernel';
import type { Job } from '../../api/types';
import { clockTime } from '../../ui/format';
import classes from '../phone.module.css';
import { usePhone } from '../state/phone-context';
import type { Tool } from './job-tools';

/** What is to be brought back, and what of it is there. */
export function JobProof({ job, open }: { job: Job; open: (tool: Tool) => void }) {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const here = state.proofs.filter((proof) => proof.jobId === job.id && !proof.refused);
  const atWork = job.state === 'arrived' || job.state === 'in_progress';
  const shown = PROOF_KINDS.filter(
    (kind) => job.proofRequired.includes(kind) || here.some((proof) => proof.kind === kind),
  );
  if (shown.length === 0) return null;
  return (
    <section className={classes.card}>
      <h2>{t('proof.title')}</h2>
      {shown.map((kind) => {
        const count = here.filter((proof) => proof.kind === kind).length;
        return (
          <div key={kind} className={classes.row} style={{ cursor: 'default' }}>
            {count > 0 ? (
              <IconCircleCheck color="var(--state-completed)" aria-hidden />
            ) : (
              <IconCircleDashed aria-hidden />
            )}
            <span>
              {t(`proof.${kind}`)}{' '}
              <span className={classes.soft}>
                {count > 0 ? t('proof.there', { count }) : t('proof.required')}
              </span>
            </span>
            {atWork && (
              <Button variant="default" mih="2.75rem" onClick={() => open(kind)}>
                {t('proof.add')}
                <span className={classes.hidden}>{t(`proof.${kind}`)}</span>
              </Button>
            )}
          </div>
        );
      })}
      <div className={classes.thumbs}>
        {here
          .filter((proof) => proof.thumb)
          .map((proof) => (
            <img
              key={proof.id}
              src={proof.thumb}
              alt={t(proof.sent ? 'proof.photoSent' : 'proof.photoWaiting', { time: clockTime(proof.at) })}
            />
          ))}
      </div>
    </section>
  );
}
