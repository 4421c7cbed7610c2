import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { strokesProblem } from '#libs/job/src/proof/signature';
import classes from '../phone.module.css';

type Stroke = [number, number][];

/** The server keeps no more than this. */
const MOST_POINTS = 9_000;
/** Nearer than this a point says nothing new, CSS pixels. */
const LEAST_STEP = 2;

/** A field to sign in with a finger. What counts as a signature the server's own rule says. */
export function SignaturePad({ onDone }: { onDone: (strokes: Stroke[], signer: string) => void }) {
  const { t } = useTranslation('phone');
  const canvas = useRef<HTMLCanvasElement>(null);
  const strokes = useRef<Stroke[]>([]);
  const [signed, setSigned] = useState(false);
  const [signer, setSigner] = useState('');

  const paint = () => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    const { width, height } = element.getBoundingClientRect();
    element.width = width * devicePixelRatio;
    element.height = height * devicePixelRatio;
    pen.scale(devicePixelRatio, devicePixelRatio);
    pen.lineWidth = 2.5;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.strokeStyle = '#10201d';
    for (const stroke of strokes.current) {
      pen.beginPath();
      for (const [x, y] of stroke) pen.lineTo(x, y);
      pen.stroke();
    }
  };
  useEffect(() => {
    const resized = new ResizeObserver(paint);
    resized.observe(canvas.current!);
    return () => resized.disconnect();
  });

  const pointOf = (event: PointerEvent): [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    return [Math.round(event.clientX - box.left), Math.round(event.clientY - box.top)];
  };
  const down = (event: PointerEvent) => {
    canvas.current!.setPointerCapture(event.pointerId);
    strokes.current.push([pointOf(event)]);
  };
  const move = (event: PointerEvent) => {
    const stroke = strokes.current.at(-1);
    if (!stroke || !canvas.current!.hasPointerCapture(event.pointerId)) return;
    const point = pointOf(event);
    const last = stroke.at(-1)!;
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < LEAST_STEP) return;
    if (strokes.current.flat().length < MOST_POINTS) stroke.push(point);
    paint();
  };
  const up = () => setSigned(strokesProblem(strokes.current) === null);

  return (
    <Stack>
      <Text c="dimmed">{t('signature.text')}</Text>
      <canvas
        ref={canvas}
        className={classes.pad}
        role="img"
        aria-label={t('signature.field')}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      <TextInput
        label={t('signature.signer')}
        size="md"
        maxLength={200}
        value={signer}
        onChange={(event) => setSigner(event.currentTarget.value)}
      />
      <Group>
        <Button
          variant="default"
          mih="3.75rem"
          onClick={() => {
            strokes.current = [];
            setSigned(false);
            paint();
          }}
        >
          {t('signature.clear')}
        </Button>
        <Button
          className={classes.big}
          disabled={!signed}
          onClick={() => onDone(strokes.current, signer.trim())}
        >
          {t('signature.keep')}
        </Button>
      </Group>
    </Stack>
  );
}
