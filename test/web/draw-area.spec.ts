import type { Page } from 'playwright-core';
import { eventually } from '../support/client.js';
import { describeInBrowser } from '../support/describe-in-browser.js';
import { Morning } from './morning.js';

describeInBrowser('an area on the map', () => {
  let morning: Morning;
  let page: Page;
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const centre = async () => [
    Number(await field('Latitude').inputValue()),
    Number(await field('Longitude').inputValue()),
  ];

  beforeAll(async () => {
    morning = await Morning.begin();
    const admin = await morning.desk(morning.city.org.users.admin.email);
    page = admin.page;
    await admin.go('/setup/areas');
    await page.getByRole('button', { name: 'New circle' }).click();
    await page.locator('.maplibregl-canvas[style*=crosshair]').waitFor();
  });
  afterAll(() => morning?.end());

  it('is drawn by two clicks, and moved by dragging', async () => {
    const map = (await page.getByRole('region', { name: 'Map of areas' }).boundingBox())!;
    const [x, y] = [map.x + map.width / 2, map.y + map.height / 2];
    await page.mouse.click(x, y);
    await page.mouse.move(x + 60, y, { steps: 5 });
    await page.mouse.click(x + 60, y);
    await eventually(async () => (await field('Latitude').inputValue()) !== '');
    const drawn = await centre();
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 50, { steps: 10 });
    await page.mouse.up();
    await eventually(async () => (await centre())[0]! < drawn[0]!);
    expect(await page.getByRole('button', { name: 'New circle' }).count()).toBe(0);
  });

  it('keeps what is typed into its fields, to the last digit', async () => {
    await field('Latitude').fill('42.3');
    await field('Radius').fill('750');
    await page.getByRole('region', { name: 'Map of areas' }).hover();
    expect(await field('Latitude').inputValue()).toBe('42.3');
    expect(await field('Radius').inputValue()).toBe('750 m');
  });
});
