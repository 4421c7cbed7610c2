import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Offer } from '../../api/types';
import { useLiveStatus, useNow } from '../../live/use-live';
import { answerTo, closeOffer, isAnswer } from '../../offline/answers';
import type { AnswerEntry } from '../../offline/entry';
import { counts } from '../../offline/optimistic';
import { serverTime } from '../../offline/phone-clock';
import { clockTime } from '../../ui/format';
import classes from '../phone.module.css';
import { usePhone } from '../state/phone-context';
import { useAttempt } from '../state/use-attempt';

/** Offers of which the worker has heard nothing certain: answered and not heard by anybody, or run out without a line. */
export function OfferCards() {
  const { state } = usePhone();
  const live = useLiveStatus();
  const now = useNow();
  const isOver = ({ expiresAt }: { expiresAt: string }) => Date.parse(expiresAt) <= now;
  const answers = state.entries
    .filter(isAnswer)
    // A no that nobody heard in time is as good as heard.
    .filter((entry) => counts(entry) && !(entry.kind === 'decline' && isOver(entry.about)));
  // With a line the server says within a moment what has become of it.
  const over =
    live.state === 'live'
      ? []
      : state.offers.filter((offer) => isOver(offer) && !answerTo(state.entries, offer.id));
  return (
    <>
      {answers.map((entry) => (
        <Unheard key={entry.seq} entry={entry} late={isOver(entry.about)} />
      ))}
      {over.map((offer) => (
        <RunOut key={offer.id} offer={offer} />
      ))}
    </>
  );
}

function Unheard({ entry, late }: { entry: AnswerEntry; late: boolean }) {
  const { t } = useTranslation('phone');
  const { phone, state } = usePhone();
  const attempt = useAttempt();
  const { address, expiresAt } = entry.about;
  // Beside the end of the offer, and so by the same clock.
  const time = clockTime(serverTime(Date.parse(entry.occurredAt), state.offsetMs));
  const unsent = entry.state === 'waiting';
  return (
    <section className={classes.card} role="status" data-testid="unheard">
      <div className={classes.place}>{address}</div>
      <strong style={{ display: 'block', marginTop: 4 }}>
        {t(`unheard.${entry.kind}.${entry.state}`, { time })}
      </strong>
      {entry.kind === 'accept' && (
        <p className={classes.soft}>
          {/* What was on its way when the line broke may have arrived in time. */}
          {late && unsent ? t('unheard.late', { time: clockTime(expiresAt) }) : t('unheard.notYours')}
        </p>
      )}
      {unsent && (
        <Button
          variant="default"
          mih="2.75rem"
          mt="sm"
          fullWidth
          onClick={() => attempt(() => phone.log.withdraw(entry.seq))}
        >
          {t('unheard.again')}
        </Button>
      )}
    </section>
  );
}

function RunOut({ offer }: { offer: Offer }) {
  const { t } = useTranslation('phone');
  const { phone } = usePhone();
  const attempt = useAttempt();
  return (
    <section className={classes.card} role="status" data-testid="run-out">
      <div className={classes.place}>{offer.job.address}</div>
      <p className={classes.soft}>{t('unheard.runOut', { time: clockTime(offer.expiresAt) })}</p>
      <Button
        variant="default"
        mih="2.75rem"
        fullWidth
        onClick={() => attempt(() => closeOffer(phone.db, offer.id))}
      >
        {t('questions.understood')}
      </Button>
    </section>
  );
}
