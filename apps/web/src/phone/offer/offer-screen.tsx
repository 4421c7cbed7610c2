import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offer } from '../../api/types';
import { useLiveStatus, useNow } from '../../live/use-live';
import { answerTo } from '../../offline/answers';
import type { AnswerKind } from '../../offline/entry';
import type { ServerReply } from '../../offline/server-reply';
import { clockSeconds, duration, metres, price, timeWindow } from '../../ui/format';
import { jobNumber } from '../../ui/job-number';
import { toaster } from '../../ui/toaster';
import { ReasonSheet } from '../job/reason-sheet';
import classes from '../phone.module.css';
import { answerOffer } from '../state/answer-offer';
import { usePhone, zoneOf } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';
import { useOfferAlarm } from './offer-alarm';
import { countdown, type PutOff } from './offer-line';
import { useAcceptsTaps } from './use-accepts-taps';
import { whyYou } from './why-you';

const DECLINE_REASONS = ['too_far', 'conflict', 'sick', 'on_leave', 'other'] as const;

/** A job that is offered covers everything, there being seconds to answer; put off, it is one line on every page. */
export function OfferScreen({ putOff, onPutOff }: { putOff: PutOff; onPutOff: (next: PutOff) => void }) {
  const { phone, state } = usePhone();
  const attempt = useAttempt();
  const tell = useOutcome();
  const now = useNow(250);
  const [answering, setAnswering] = useState<Offer | null>(null);
  const open = state.offers.find(
    (one) => Date.parse(one.expiresAt) > now && !answerTo(state.entries, one.id) && !putOff.includes(one.id),
  );
  const offer = answering ?? open;
  useOfferAlarm(answering ? null : (open ?? null));
  if (!offer) return null;
  const answer = async (kind: AnswerKind, reason?: string) => {
    setAnswering(offer);
    await attempt(async () => tell(kind, await answerOffer(phone, offer, { kind, reason })));
    setAnswering(null);
  };
  return (
    <Offered
      key={offer.id}
      offer={offer}
      now={now}
      busy={answering !== null}
      answer={answer}
      later={() => onPutOff([...putOff, offer.id])}
    />
  );
}

function useOutcome() {
  const { t } = useTranslation('phone');
  return (kind: AnswerKind, heard: ServerReply) => {
    if (heard.as === 'refused')
      toaster.show(t(`notYours.${heard.code}`, { defaultValue: t('notYours.other') }), 'problem');
    else toaster.show(t(`answered.${kind}.${heard.as}`));
  };
}

interface Props {
  offer: Offer;
  now: number;
  busy: boolean;
  answer: (kind: AnswerKind, reason?: string) => void;
  later: () => void;
}

function Offered({ offer, now, busy, answer, later }: Props) {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const live = useLiveStatus();
  const [declining, setDeclining] = useState(false);
  const screen = useRef<HTMLDivElement>(null);
  useEffect(() => screen.current?.focus(), []);
  const takesTaps = useAcceptsTaps();
  const whole = Math.max(1, Date.parse(offer.expiresAt) - Date.parse(offer.offeredAt));
  const left = Math.max(0, Date.parse(offer.expiresAt) - now);
  const type = offer.job.serviceTypeId ? state.serviceTypes.get(offer.job.serviceTypeId) : undefined;
  const window = timeWindow(offer.job.windowStart, offer.job.windowEnd, now, zoneOf(state, offer.job.areaId));

  return (
    <div
      className={classes.offer}
      role="dialog"
      aria-modal="true"
      aria-labelledby="offer-title"
      tabIndex={-1}
      ref={screen}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard too */}
      <div className={classes.offerBody} tabIndex={0}>
        <Text c="dimmed" id="offer-title" component="h1" fz="1rem" m={0}>
          {t('offer.title')}
        </Text>
        <div
          className={classes.count}
          role="timer"
          aria-label={t('offer.left', { time: duration(left / 1000) })}
        >
          {countdown(left)}
        </div>
        <div className={classes.bar} aria-hidden>
          <div style={{ transform: `scaleX(${left / whole})` }} />
        </div>
        <div className={classes.place}>{offer.job.address}</div>
        {offer.job.number && <div className={`${classes.soft} tnum`}>{jobNumber(offer.job)}</div>}
        {type && <Text>{type.name}</Text>}
        <dl className={classes.figures}>
          <div>
            <dt>{t('offer.distance')}</dt>
            <dd>{metres(offer.distanceMetres)}</dd>
          </div>
          <div>
            <dt>{t('offer.travel')}</dt>
            <dd>{duration(offer.travelSeconds)}</dd>
          </div>
          <div>
            <dt>{t('offer.work')}</dt>
            <dd>{duration(offer.job.durationSeconds)}</dd>
          </div>
          {type?.payCurrency && (
            <div>
              <dt>{t('offer.pay')}</dt>
              <dd>{price(type.payMinor ?? 0, type.payCurrency)}</dd>
            </div>
          )}
          {window && (
            <div>
              <dt>{t('offer.window')}</dt>
              <dd>{window}</dd>
            </div>
          )}
        </dl>
        {offer.why && (
          <div className={classes.card}>
            <h2>{t('offer.why')}</h2>
            <Why offer={offer} />
          </div>
        )}
        <Text size="sm" c="dimmed">
          {t('offer.until', {
            time: clockSeconds(Date.parse(offer.expiresAt), zoneOf(state, offer.job.areaId)),
          })}
        </Text>
      </div>
      <Stack gap="sm" w="100%" maw="38rem" mx="auto">
        {live.state === 'stale' && (
          <Text size="sm" role="status">
            {t('offer.offline')}
          </Text>
        )}
        <Button className={classes.big} loading={busy} disabled={!takesTaps} onClick={() => answer('accept')}>
          {t('offer.accept')}
        </Button>
        <div style={{ display: 'flex', gap: '0.5rem' }}>
          <Button
            flex={1}
            variant="default"
            mih="3rem"
            h="auto"
            disabled={busy || !takesTaps}
            onClick={() => setDeclining(true)}
          >
            {t('offer.decline')}
          </Button>
          <Button flex={1} variant="subtle" mih="3rem" h="auto" disabled={busy || !takesTaps} onClick={later}>
            {t('offer.later')}
          </Button>
        </div>
      </Stack>
      <ReasonSheet
        opened={declining}
        onClose={() => setDeclining(false)}
        title={t('offer.whyNot')}
        choices={DECLINE_REASONS.map((value) => ({ value, label: t(`common:reason.${value}`) }))}
        onChoose={(reason) => answer('decline', reason)}
      />
    </div>
  );
}

/** From the numbers, in the reader's language; the server's own sentence only where it says something new. */
function Why({ offer }: { offer: Offer }) {
  const { t } = useTranslation('phone');
  const why = whyYou(offer.why);
  if (!why) return null;
  const { distanceMetres, travelSeconds } = offer;
  const near =
    distanceMetres === null || travelSeconds === null
      ? ''
      : ` ${t('offer.near', { time: duration(travelSeconds), distance: metres(distanceMetres) })}`;
  if (why.kind === 'other') return <span>{why.text}</span>;
  if (why.kind === 'asked') return <span>{t('offer.asked')}</span>;
  const { rank, able } = why;
  return (
    <span>
      {able === 1
        ? t('offer.onlyYou')
        : rank === 1
          ? t('offer.first', { count: able })
          : t('offer.ranked', { rank, count: able })}
      {near}
    </span>
  );
}
