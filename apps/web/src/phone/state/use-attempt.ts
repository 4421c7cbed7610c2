import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { StorageFull } from '../../offline/operation-log';
import { NoPicture } from '../../offline/shrink-photo';
import { toaster } from '../../ui/toaster';
import { usePhone } from './phone-context';

/** Does something and says so when it could not be done or stored. True when it was. */
export function useAttempt(): (work: () => Promise<unknown>) => Promise<boolean> {
  const { t } = useTranslation('phone');
  const { phone } = usePhone();
  return useCallback(
    async (work) => {
      try {
        await work();
        return true;
      } catch (error) {
        if (error instanceof StorageFull) phone.tellFull();
        else if (error instanceof NoPicture) toaster.show(t(`photo.${error.why}`), 'problem');
        else toaster.show(t('store.notStored'), 'problem');
        return false;
      }
    },
    [phone, t],
  );
}
