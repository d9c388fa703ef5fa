/**
 * Log bytes to events: one decoder per format, found by {@link jp.hinomi.ingest.decode.Decoders}; {@link
 * jp.hinomi.ingest.decode.RecordDecoder} chooses it by the record's source.
 *
 * <p>What rules may count on: {@code event.module} is the product ({@code openssh nginx apache suricata fortinet}), {@code
 * event.dataset} the kind of its log. One failed SSH login is one event with {@code event.action: ssh_login} and {@code
 * event.outcome: failure}; what sshd and PAM say about the same attempt besides has other actions ({@code
 * ssh_invalid_user}, {@code pam_authentication}, {@code ssh_max_attempts}), so that counting attempts counts each once.
 */
package jp.hinomi.ingest.decode;
