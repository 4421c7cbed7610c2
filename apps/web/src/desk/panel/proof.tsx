import { Anchor, Image } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, api } from '../../api/api';
import { authorisedFetch } from '../../api/authorised-fetch';
import { clockTime } from '../../ui/format';
import { ItemStrength, type VisitEvidence, VisitStrength } from './evidence';
import classes from './panel.module.css';

interface Props {
  jobId: string;
  /** Of the whole visit, once it is completed. */
  evidence: VisitEvidence | null;
}

/** What the worker brought back: photographs, signature, scan, note; and how much it is worth. */
export function Proof({ jobId, evidence }: Props) {
  const { t } = useTranslation('desk');
  const { data } = useQuery({
    queryKey: ['job', jobId, 'proof'],
    queryFn: () => api.get('/jobs/{id}/proof', { path: { id: jobId } }),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionTitle}>{t('job.proofTaken')}</h3>
      {evidence && <VisitStrength evidence={evidence} />}
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        {data.items.map((item) => (
          <figure key={item.id} style={{ margin: 0, maxWidth: 150 }}>
            {item.kind === 'photo' || item.kind === 'signature' ? (
              <ProofImage jobId={jobId} proofId={item.id} label={t(`proof.${item.kind}`)} />
            ) : (
              <span>{item.text}</span>
            )}
            <figcaption className={classes.numbers}>
              {t(`proof.${item.kind}`)} {clockTime(item.takenAt ?? item.createdAt)}
              {item.claimedAt && <> · {t('evidence.claimed', { time: clockTime(item.claimedAt) })}</>}
            </figcaption>
            {item.evidence && <ItemStrength evidence={item.evidence} />}
          </figure>
        ))}
      </div>
    </section>
  );
}

/** Files need the token, which an `<img src>` cannot carry. */
function ProofImage({ jobId, proofId, label }: { jobId: string; proofId: string; label: string }) {
  const [src, setSrc] = useState<string | null>(null);
  useEffect(() => {
    let url: string | null = null;
    let gone = false;
    const path = { id: jobId, proofId };
    authorisedFetch(new Request(addressOf('/jobs/{id}/proof/{proofId}/file', { path })))
      .then((response) => response.blob())
      .then((blob) => {
        url = URL.createObjectURL(blob);
        if (gone) URL.revokeObjectURL(url);
        else setSrc(url);
      })
      .catch(() => undefined);
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [jobId, proofId]);
  if (!src) return <div style={{ width: 110, height: 82, background: 'var(--ground)' }} />;
  return (
    <Anchor href={src} target="_blank" rel="noreferrer">
      <Image src={src} alt={label} w={110} h={82} radius="sm" fit="cover" />
    </Anchor>
  );
}
