import { Button } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../live/use-live';
import { answerTo } from '../../offline/answers';
import classes from '../phone.module.css';
import { usePhone } from '../state/phone-context';

/** Ids of offers that the worker wants to answer in a moment. */
export type PutOff = readonly string[];

/** 0:45 */
export const countdown = (leftMs: number): string =>
  `${Math.floor(leftMs / 60_000)}:${String(Math.floor(leftMs / 1_000) % 60).padStart(2, '0')}`;

/** What was put off, running down above every page until it is looked at again. */
export function OfferLines({ putOff, onLook }: { putOff: PutOff; onLook: (offerId: string) => void }) {
  const { t } = useTranslation('phone');
  const { state } = usePhone();
  const now = useNow();
  return state.offers
    .filter((offer) => putOff.includes(offer.id) && !answerTo(state.entries, offer.id))
    .map((offer) => ({ offer, left: Date.parse(offer.expiresAt) - now }))
    .filter(({ left }) => left > 0)
    .map(({ offer, left }) => (
      <section key={offer.id} className={classes.line} aria-label={t('offer.title')}>
        <IconBellRinging aria-hidden />
        <span>
          {t('offer.title')}: {offer.job.address} · <span className="tnum">{countdown(left)}</span>
        </span>
        <Button mih={44} onClick={() => onLook(offer.id)}>
          {t('offer.look')}
        </Button>
      </section>
    ));
}
