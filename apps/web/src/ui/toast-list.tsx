import { Button, CloseButton } from '@mantine/core';
import { type NotificationData, Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.css';
import { useTranslation } from 'react-i18next';
import { MAX_TOASTS, toaster } from './toaster';
import classes from './toasts.module.css';

/** The region that reads messages out. */
export default function ToastList() {
  return (
    <Notifications
      withinPortal={false}
      position="bottom-center"
      limit={MAX_TOASTS}
      role="status"
      aria-live="polite"
      renderNotification={(toast) => <Toast {...toast} />}
    />
  );
}

function Toast({ id = '', message, allowClose, 'data-tone': tone }: NotificationData) {
  const { t } = useTranslation('common');
  return (
    <div className={classes.toast} data-tone={tone}>
      <span>{message}</span>
      {allowClose ? (
        <CloseButton
          c="white"
          variant="transparent"
          aria-label={t('close')}
          onClick={() => toaster.close(id)}
        />
      ) : (
        <>
          <Button
            size="xs"
            color="door.3"
            variant="filled"
            autoContrast
            onClick={() => void toaster.undo(id)}
          >
            {t('undo')}
          </Button>
          <span className={classes.countdown} aria-hidden />
        </>
      )}
    </div>
  );
}
