import { ServiceType } from './service-type.entity.js';

export { BookingModule } from './booking.module.js';
export { Booking } from './booking.service.js';
export { ServiceType } from './service-type.entity.js';

export const bookingEntities = [ServiceType];
