import { boot } from '../../boot.js';
import { createApi } from './create-api.js';

await boot('api', async (env) => {
  const app = await createApi(env);
  await app.listen(env.PORT, env.HOST);
  return app;
});
