import { CloseButton, Switch } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import type { DeskAlert } from '../../api/types';
import { useSend } from '../../api/use-send';
import { useNow } from '../../live/use-live';
import { Empty } from '../../ui/empty';
import { Failure } from '../../ui/failure';
import { OnlineButton } from '../../ui/online-button';
import { PageSpinner } from '../../ui/page-spinner';
import { toaster } from '../../ui/toaster';
import { wordsOf } from '../actions/job-actions';
import { AlertCard, isCritical } from './alert-card';
import { groupAlerts, neighbourOf } from './alert-groups';
import classes from './alerts.module.css';
import { setSound, soundIsOn } from './chime';
import { useAlerts } from './use-alerts';

type Answer =
  | { verb: 'ack'; keys: string[] }
  | { verb: 'snooze'; keys: [string]; minutes: number }
  | { verb: 'reopen'; keys: [string] };

const answerTo = (key: string, answer: Answer): Promise<unknown> => {
  if (answer.verb === 'ack') return api.post('/alerts/ack', { key, body: { keys: answer.keys } });
  const path = { key: answer.keys[0] };
  if (answer.verb === 'reopen') return api.post('/alerts/{key}/reopen', { path, key });
  return api.post('/alerts/{key}/snooze', { path, key, body: { seconds: answer.minutes * 60 } });
};

/** On a narrow screen it lies over what it leads to. */
const coversAll = () => matchMedia('(max-width: 720px)').matches;

/** What waits for the dispatcher, beside the map: it stays while one goes from one to the next. */
export default function AlertsPane({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const { alerts, isPending, error, refetch } = useAlerts();
  const [sound, chooseSound] = useState(soundIsOn);
  const now = useNow(10_000);
  const panel = useRef<HTMLElement>(null);
  const groups = groupAlerts(
    alerts.filter((alert) => alert.state === 'open'),
    isCritical,
  );
  const resting = alerts.filter((alert) => alert.state !== 'open');
  useEffect(() => {
    const from = document.activeElement;
    panel.current?.focus();
    return () => {
      if (from instanceof HTMLElement) from.focus();
    };
  }, []);
  // What had the keyboard leaves with its alert: it goes on to the next one.
  const next = useRef<string | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the alerts have changed
  useEffect(() => {
    if (document.activeElement !== document.body) return;
    const button = next.current && panel.current?.querySelector<HTMLElement>(seenButton(next.current));
    (button || panel.current)?.focus();
  }, [alerts]);
  const takeNext = (key: string, answer: Answer) => {
    const keys = groups.flatMap((group) => group.alerts.map((alert) => alert.key));
    next.current = neighbourOf(keys, new Set(answer.keys));
    return answerTo(key, answer);
  };
  const { send, isPending: isSending } = useSend(takeNext, {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['alerts'] }),
    onError: (problem) => toaster.show(wordsOf(problem), 'problem'),
  });
  const card = (alert: DeskAlert) => (
    <AlertCard
      key={alert.key}
      alert={alert}
      now={now}
      onJump={(to) => {
        navigate(to);
        if (coversAll()) onClose();
      }}
      onSeen={() => send({ verb: 'ack', keys: [alert.key] })}
      onSnooze={(minutes) => send({ verb: 'snooze', keys: [alert.key], minutes })}
      onReopen={() => send({ verb: 'reopen', keys: [alert.key] })}
    />
  );
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={classes.panel}
      aria-label={t('alerts.title')}
      onKeyDown={(event) => {
        // What a menu or a dialog of its own has open closes first.
        if (event.key !== 'Escape' || !event.currentTarget.contains(event.target as Node)) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={classes.head}>
        <h2 className={classes.title}>{t('alerts.title')}</h2>
        <Switch
          size="xs"
          label={t('alerts.sound')}
          checked={sound}
          onChange={(e) => {
            setSound(e.currentTarget.checked);
            chooseSound(e.currentTarget.checked);
          }}
        />
        <CloseButton aria-label={t('common:close')} onClick={onClose} />
      </div>
      <div className={classes.scroll}>
        {isPending && <PageSpinner />}
        {error && alerts.length === 0 && <Failure error={error} retry={() => void refetch()} />}
        {!isPending && !error && groups.length === 0 && (
          <Empty icon={<IconChecks />} title={t('alerts.none')} text={t('alerts.noneText')} />
        )}
        {groups.map(({ kind, alerts: within }) => (
          <section key={kind}>
            <div className={classes.group}>
              <h3>
                {t(`alerts.kind.${kind}`)} <span className="tnum">({within.length})</span>
              </h3>
              {within.length > 1 && (
                <OnlineButton
                  size="compact-sm"
                  variant="default"
                  disabled={isSending}
                  aria-label={`${t('alerts.acknowledgeAll', { count: within.length })}: ${t(`alerts.kind.${kind}`)}`}
                  onClick={() => send({ verb: 'ack', keys: within.map((alert) => alert.key) })}
                >
                  {t('alerts.acknowledgeAll', { count: within.length })}
                </OnlineButton>
              )}
            </div>
            <ul className={classes.cards}>{within.map(card)}</ul>
          </section>
        ))}
        {resting.length > 0 && (
          <section>
            <div className={classes.group}>
              <h3>{t('alerts.resting', { count: resting.length })}</h3>
            </div>
            <ul className={classes.cards}>{resting.map(card)}</ul>
          </section>
        )}
      </div>
    </aside>
  );
}

const seenButton = (key: string): string => `[data-seen="${CSS.escape(key)}"]`;
