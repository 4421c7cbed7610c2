import { Module } from '@nestjs/common';
import { Booking } from './booking.service.js';
import { ServiceTypeEditor } from './service-type-editor.service.js';
import { ServiceTypesController } from './service-types.controller.js';

@Module({
  controllers: [ServiceTypesController],
  providers: [Booking, ServiceTypeEditor],
  exports: [Booking, ServiceTypeEditor],
})
export class BookingModule {}
