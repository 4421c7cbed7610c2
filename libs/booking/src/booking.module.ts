import { Module } from '@nestjs/common';
import { Booking } from './booking.service.js';

@Module({ providers: [Booking], exports: [Booking] })
export class BookingModule {}
