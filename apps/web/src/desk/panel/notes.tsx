import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import { useSend } from '../../api/use-send';
import { clockTime } from '../../ui/format';
import { OnlineButton } from '../../ui/online-button';
import { toaster } from '../../ui/toaster';
import { wordsOf } from '../actions/job-actions';
import classes from './panel.module.css';

export function Notes({ jobId, mayWrite }: { jobId: string; mayWrite: boolean }) {
  const { t } = useTranslation('desk');
  const [text, setText] = useState('');
  const { data } = useQuery({
    queryKey: ['job', jobId, 'notes'],
    queryFn: () => api.get('/jobs/{id}/notes', { path: { id: jobId } }),
  });
  const add = useSend((key) => api.post('/jobs/{id}/notes', { path: { id: jobId }, key, body: { text } }), {
    onSuccess: () => {
      setText('');
      return queryClient.invalidateQueries({ queryKey: ['job', jobId] });
    },
    onError: (problem) => toaster.show(wordsOf(problem), 'problem'),
  });
  const notes = data?.items ?? [];
  if (!mayWrite && notes.length === 0) return null;
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionTitle}>{t('notes.title')}</h3>
      {notes.length > 0 && (
        <ul className={classes.timeline}>
          {notes.map((note) => (
            <li key={note.id}>
              <span className={`${classes.time} tnum`}>{clockTime(note.occurredAt)}</span>
              <span>{note.text ?? t('job.masked')}</span>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <>
          <Textarea
            aria-label={t('notes.add')}
            placeholder={t('notes.add')}
            autosize
            minRows={1}
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
          />
          {text.trim() && (
            <OnlineButton size="xs" mt="xs" loading={add.isPending} onClick={() => add.send()}>
              {t('notes.save')}
            </OnlineButton>
          )}
        </>
      )}
    </section>
  );
}
