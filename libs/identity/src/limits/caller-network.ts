export { callerNetwork } from '#platform';
