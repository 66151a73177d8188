//! Days and seconds: the calendar that `time` counts with, as plain numbers.
//!
//! Invariant: a [`Moment`] made by [`Moment::at`] is normal (month 1 to 12, weekday and day of the year fit the date); one made
//! of a program's numbers may be anything. Counterpart in CPython 3.11: the C library's `struct tm`, `gmtime` and `timegm`.
//! `Moment::at(0)` is Thursday, the 1st of January 1970.

/// A point in time, taken apart. Month and day count from 1, Monday is weekday 0, the 1st of January day 1 of its year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub weekday: i64,
    pub year_day: i64,
    /// Summer time: 1, or 0, or -1 for not known.
    pub is_dst: i64,
    pub zone: Option<String>,
    /// Seconds east of Greenwich.
    pub offset: Option<i64>,
}

impl Moment {
    /// So many seconds after 1970 began, in UTC.
    pub fn at(seconds: i64) -> Moment {
        let (days, rest) = (seconds.div_euclid(86400), seconds.rem_euclid(86400));
        let (year, month, day) = date_of(days);
        Moment {
            year,
            month,
            day,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
            weekday: weekday_of(days),
            year_day: days - days_before(year, 1, 1) + 1,
            is_dst: 0,
            ..Moment::default()
        }
    }

    /// Seconds since 1970 began; numbers out of their range count on into the next unit.
    pub fn seconds(&self) -> i64 {
        let months = self.month - 1;
        let days = days_before(self.year + months.div_euclid(12), months.rem_euclid(12) + 1, 1) + self.day - 1;
        let summer = if self.is_dst > 0 { 3600 } else { 0 };
        days * 86400 + self.hour * 3600 + self.minute * 60 + self.second - summer
    }

    /// The year and the number of the week by ISO 8601.
    pub fn iso_week(&self) -> (i64, i64) {
        let week = |year_day: i64| (year_day - 1 - self.weekday + 10).div_euclid(7);
        match week(self.year_day) {
            0 => (self.year - 1, week(self.year_day + days_in_year(self.year - 1))),
            53 if self.year_day - 1 - self.weekday + 3 >= days_in_year(self.year) => (self.year + 1, 1),
            number => (self.year, number),
        }
    }
}

pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn days_in_year(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the 1st of January 1970 to a date. Years are counted from March: then the leap day is the last of its year.
pub fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}

/// The date so many days after the 1st of January 1970.
pub fn date_of(days: i64) -> (i64, i64, i64) {
    const FOUR_CENTURIES: i64 = 146_097;
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(FOUR_CENTURIES), days.rem_euclid(FOUR_CENTURIES));
    let year = (day - day / 1460 + day / 36524 - day / (FOUR_CENTURIES - 1)) / 365;
    let year_day = day - (year * 365 + year / 4 - year / 100);
    let month = (year_day * 5 + 2) / 153;
    let day = year_day - (month * 153 + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

/// Monday is 0.
pub fn weekday_of(days: i64) -> i64 {
    (days + 3).rem_euclid(7)
}

pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
