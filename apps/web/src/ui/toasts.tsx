import { Button, CloseButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useStore } from '../store/use-store';
import { toaster } from './toaster';
import classes from './toasts.module.css';

export function Toasts() {
  const { t } = useTranslation('common');
  const toasts = useStore(toaster);
  useHotkeys([['mod+Z', () => void toaster.undoLast()]]);
  return (
    <div className={classes.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`${classes.toast} ${toast.tone === 'problem' ? classes.problem : ''}`}>
          <span>{toast.text}</span>
          {toast.undo ? (
            <>
              <Button
                size="xs"
                color="door.3"
                variant="filled"
                autoContrast
                onClick={() => {
                  toaster.close(toast.id);
                  void toast.undo?.();
                }}
              >
                {t('undo')}
              </Button>
              <span className={classes.countdown} aria-hidden />
            </>
          ) : (
            <CloseButton
              c="white"
              variant="transparent"
              aria-label={t('close')}
              onClick={() => toaster.close(toast.id)}
            />
          )}
        </div>
      ))}
    </div>
  );
}
