import { Button } from '@mantine/core';
import {
  IconCamera,
  IconCheck,
  IconListCheck,
  IconMapPinCheck,
  IconNote,
  IconPlayerPlay,
  IconQrcode,
  IconRoute,
  IconSignature,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types';
import { toaster } from '../../ui/toaster';
import classes from '../phone.module.css';
import { type NextStep, nextStep } from '../state/next-step';
import { usePhone, visitOf } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';
import type { Tool } from './job-tools';

const ICONS = {
  depart: IconRoute,
  arrive: IconMapPinCheck,
  start: IconPlayerPlay,
  resume: IconPlayerPlay,
  complete: IconCheck,
  photo: IconCamera,
  signature: IconSignature,
  scan: IconQrcode,
  note: IconNote,
  checklist: IconListCheck,
} as const;

const nameOf = (step: NextStep): keyof typeof ICONS =>
  (step.type === 'event'
    ? step.event
    : step.type === 'proof'
      ? step.kind
      : 'checklist') as keyof typeof ICONS;

/** The one large button. */
export function NextAction({ job, open }: { job: Job; open: (tool: Tool) => void }) {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const attempt = useAttempt();
  const visit = visitOf(state, job);
  const step = nextStep(job, visit);
  if (!step) return null;
  const name = nameOf(step);
  const Icon = ICONS[name];

  const go = () => {
    if (step.type === 'checklist') return open('checklist');
    if (step.type === 'proof') return open(step.kind);
    if (step.event !== 'complete') return void attempt(() => phone.act(job, step.event));
    const ticked = visit.checklist.flatMap((line, i) => (visit.ticked.includes(i) ? [`✓ ${line.text}`] : []));
    const data = ticked.length > 0 ? { note: ticked.join('\n').slice(0, 4_000) } : undefined;
    void attempt(() => phone.act(job, 'complete', { data })).then((done) => {
      if (done)
        toaster.show(t('undo.completed'), 'done', async () => {
          await attempt(() => phone.undoComplete(job));
        });
    });
  };
  return (
    <Button
      className={classes.big}
      leftSection={<Icon aria-hidden />}
      onClick={go}
      data-testid="next"
      data-step={name}
    >
      {step.type === 'checklist' ? t('next.checklist', { count: step.left }) : t(`next.${name}`)}
    </Button>
  );
}
