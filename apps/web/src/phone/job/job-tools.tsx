import { Button, Modal, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FAIL_REASONS, type JobEvent } from '#libs/job/src/lifecycle/job-states';
import type { Job } from '../../api/types';
import { shrinkPhoto } from '../../offline/shrink-photo';
import { LazyBoundary, lazyWithRetry } from '../../ui/lazy-boundary';
import { toaster } from '../../ui/toaster';
import { BottomSheet } from '../bottom-sheet';
import classes from '../phone.module.css';
import { usePhone } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';
import { MoreSheet } from './more-sheet';
import { NavigationSheet } from './navigation-sheet';
import { ReasonSheet } from './reason-sheet';
import { SignaturePad } from './signature-pad';

const ScanSheet = lazyWithRetry(() => import('./scan-sheet'));

export type Tool =
  | 'more'
  | 'photo'
  | 'signature'
  | 'scan'
  | 'note'
  | 'checklist'
  | 'pause'
  | 'fail'
  | 'release'
  | 'ways';

const PAUSE_REASONS = ['break', 'material', 'access', 'customer', 'other'] as const;
const RELEASE_REASONS = ['sick', 'conflict', 'too_far', 'other'] as const;

interface Props {
  job: Job;
  tool: Tool | null;
  open: (tool: Tool | null) => void;
}

/** Everything that is not the next step, and what a step needs before it can be taken. */
export function JobTools({ job, tool, open }: Props) {
  const { t } = useTranslation('phone');
  const { phone } = usePhone();
  const attempt = useAttempt();
  const close = () => open(null);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (tool === 'photo') input.current?.click();
    if (tool === 'checklist') document.getElementById('checklist')?.scrollIntoView({ block: 'start' });
    if (tool === 'photo' || tool === 'checklist') open(null);
  }, [tool, open]);

  const takePhoto = async (file: File | undefined) => {
    if (!file) return;
    const kept = await attempt(async () =>
      phone.prove(job, { kind: 'photo', photo: await shrinkPhoto(file) }),
    );
    if (kept) toaster.show(t('photo.kept'));
  };
  const withReason = (event: JobEvent, reason: string, note: string) =>
    attempt(() => phone.act(job, event, { reason, ...(note ? { data: { note } } : {}) }));

  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={(event) => {
          void takePhoto(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <MoreSheet job={job} opened={tool === 'more'} open={open} />
      <NavigationSheet job={job} opened={tool === 'ways'} onClose={close} />
      <ReasonSheet
        opened={tool === 'pause'}
        onClose={close}
        title={t('pause.why')}
        choices={PAUSE_REASONS.map((value) => ({ value: t(`pause.${value}`), label: t(`pause.${value}`) }))}
        onChoose={(reason, note) => withReason('pause', reason, note)}
      />
      <ReasonSheet
        opened={tool === 'fail'}
        onClose={close}
        title={t('fail.why')}
        noteLabel={t('fail.note')}
        choices={FAIL_REASONS.map((value) => ({ value, label: t(`common:reason.${value}`) }))}
        onChoose={(reason, note) => withReason('fail', reason, note)}
      />
      <ReasonSheet
        opened={tool === 'release'}
        onClose={close}
        title={t('release.why')}
        choices={RELEASE_REASONS.map((value) => ({ value, label: t(`common:reason.${value}`) }))}
        onChoose={(reason) => attempt(() => phone.act(job, 'release', { reason }))}
      />
      <Modal
        opened={tool === 'signature'}
        onClose={close}
        fullScreen
        title={t('signature.title')}
        closeButtonProps={{ 'aria-label': t('common:close'), size: 44 }}
      >
        <SignaturePad
          onDone={async (strokes, signer) => {
            if (await attempt(() => phone.prove(job, { kind: 'signature', strokes, signer }))) close();
          }}
        />
      </Modal>
      {tool === 'scan' && (
        <Modal
          opened
          onClose={close}
          fullScreen
          title={t('scan.title')}
          closeButtonProps={{ 'aria-label': t('common:close'), size: 44 }}
        >
          <LazyBoundary>
            <ScanSheet
              onTag={async (tag) => {
                if (await attempt(() => phone.scanned(job, tag))) close();
              }}
            />
          </LazyBoundary>
        </Modal>
      )}
      <NoteSheet
        opened={tool === 'note'}
        onClose={close}
        onNote={(text) =>
          attempt(() =>
            job.proofRequired.includes('note')
              ? phone.prove(job, { kind: 'note', text })
              : phone.act(job, 'note', { data: { text } }),
          )
        }
      />
    </>
  );
}

function NoteSheet(props: {
  opened: boolean;
  onClose: () => void;
  onNote: (text: string) => Promise<boolean>;
}) {
  const { t } = useTranslation('phone');
  const [text, setText] = useState('');
  return (
    <BottomSheet opened={props.opened} onClose={props.onClose} title={t('note.title')}>
      <Textarea
        label={t('note.label')}
        data-autofocus
        autosize
        minRows={3}
        maxRows={8}
        maxLength={5_000}
        size="md"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        className={classes.big}
        disabled={text.trim() === ''}
        onClick={async () => {
          if (!(await props.onNote(text.trim()))) return;
          setText('');
          props.onClose();
        }}
      >
        {t('note.keep')}
      </Button>
    </BottomSheet>
  );
}
