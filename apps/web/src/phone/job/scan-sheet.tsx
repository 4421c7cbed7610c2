import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openReader } from '../device/qr-reader';
import classes from '../phone.module.css';

const LOOK_EVERY_MS = 200;

/** The tag at the door before the camera; where there is no camera, what is printed under it. */
export default function ScanSheet({ onTag }: { onTag: (tag: string) => void }) {
  const { t } = useTranslation('phone');
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(onTag);
  found.current = onTag;
  const [blind, setBlind] = useState(false);
  const [typed, setTyped] = useState('');

  useEffect(() => {
    let over = false;
    let stream: MediaStream | null = null;
    const look = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const element = video.current;
      if (over || !element) return;
      element.srcObject = stream;
      await element.play();
      const read = await openReader();
      while (!over) {
        const tag = await read(element);
        if (tag && !over) {
          over = true;
          navigator.vibrate?.(100);
          found.current(tag);
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    };
    look()
      .catch(() => setBlind(true))
      .finally(() => {
        for (const track of stream?.getTracks() ?? []) track.stop();
      });
    return () => {
      over = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);

  return (
    <Stack>
      {blind ? (
        <Alert color="orange" variant="light">
          {t('scan.blind')}
        </Alert>
      ) : (
        <>
          <Text c="dimmed">{t('scan.text')}</Text>
          <video ref={video} className={classes.video} muted playsInline aria-label={t('scan.camera')} />
        </>
      )}
      <TextInput
        label={t('scan.typed')}
        size="md"
        maxLength={200}
        autoCapitalize="off"
        autoCorrect="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button className={classes.big} disabled={typed.trim() === ''} onClick={() => onTag(typed.trim())}>
        {t('scan.use')}
      </Button>
    </Stack>
  );
}
