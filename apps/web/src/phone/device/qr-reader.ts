import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

interface NativeDetector {
  new (options: { formats: string[] }): { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };
  getSupportedFormats(): Promise<string[]>;
}

/** Reads QR codes off a playing video: with the browser's own reader, else with the one that we bring (no request leaves). */
export async function openReader(): Promise<(video: HTMLVideoElement) => Promise<string | null>> {
  const native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector;
  const formats = native ? await native.getSupportedFormats().catch((): string[] => []) : [];
  const own = native && formats.includes('qr_code') ? native : null;
  if (!own) prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  const detector = own ? new own({ formats: ['qr_code'] }) : new BarcodeDetector({ formats: ['qr_code'] });
  return async (video) => {
    const codes = await detector.detect(video).catch(() => []);
    return codes[0]?.rawValue ?? null;
  };
}
