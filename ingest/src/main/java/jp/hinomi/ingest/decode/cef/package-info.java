/** Formats that products of many vendors share: ArcSight's CEF and QRadar's LEEF. */
package jp.hinomi.ingest.decode.cef;
