import { launchBrowser } from './browser.js';
import { describeInBrowser } from './describe-in-browser.js';

describeInBrowser('the browser of the tests', () => {
  it('shows a page and draws with WebGL 2, as the map needs', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.setContent('<canvas></canvas><h1>the desk</h1>');
      expect(await page.textContent('h1')).toBe('the desk');
      expect(await page.evaluate(`!!document.querySelector('canvas').getContext('webgl2')`)).toBe(true);
    } finally {
      await browser.close();
    }
  });
});
