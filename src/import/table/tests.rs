//! Tests of maps: tables and a map come in, layers go out.
