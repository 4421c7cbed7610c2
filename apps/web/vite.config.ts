import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { precompressed } from './precompress.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = process.env.DOORSTEP_API ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: here('.'),
  resolve: {
    alias: {
      '#libs': here('../../libs'),
      '#kernel': here('../../libs/kernel/src/index.ts'),
    },
  },
  plugins: [
    react(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Doorstep',
        short_name: 'Doorstep',
        start_url: '/phone',
        scope: '/',
        display: 'standalone',
        background_color: '#f7f8f8',
        theme_color: '#0f766e',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: '/icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
        ],
      },
      workbox: {
        // From the first visit on: the line may be gone before the second.
        clientsClaim: true,
        importScripts: ['/notification-click.js'],
        globPatterns: ['**/*.{js,mjs,css,html,svg,woff2,wasm}'],
        // The desk works on a line; only what a phone needs is kept for the day without one.
        globIgnores: [
          '**/desk-*',
          '**/map*',
          '**/open-map*',
          '**/setup-*',
          '**/terra-draw*',
          '**/*cyrillic*',
          '**/*greek*',
          '**/*vietnamese*',
        ],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/(api|health|metrics|socket\.io)(\/|$)/],
        maximumFileSizeToCacheInBytes: 3_000_000,
      },
    }),
    precompressed(),
  ],
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Big ones that only some pages need, under names the service worker can leave out.
          groups: [
            { name: 'maplibre', test: /node_modules[\\/]maplibre-gl[\\/]/ },
            { name: 'terra-draw', test: /node_modules[\\/](terra-draw|@turf)/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': api,
      '/health': api,
      '/socket.io': { target: api, ws: true },
    },
  },
});
