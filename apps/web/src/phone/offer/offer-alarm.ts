import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offer } from '../../api/types';
import { closeOfferNotification, notifyOfOffer } from '../device/notifications';
import { offerSound } from '../device/offer-sound';

/** A worker who works does not look at the phone: the sound comes again until the offer is answered or gone. */
const RING_EVERY_MS = 6_000;

/** Sound, vibration and a notification of the system for as long as `offer` waits for its answer. */
export function useOfferAlarm(offer: Offer | null): void {
  const { t } = useTranslation('phone');
  const id = offer?.id ?? null;
  const address = offer?.job.address ?? '';
  useEffect(() => {
    if (id === null) return;
    const ring = () => {
      offerSound.play();
      navigator.vibrate?.([200, 100, 200]);
    };
    ring();
    const timer = setInterval(ring, RING_EVERY_MS);
    void notifyOfOffer({ id, title: t('offer.title'), body: address });
    return () => {
      clearInterval(timer);
      void closeOfferNotification(id);
    };
  }, [id, address, t]);
}
