module example.com/acme/nine

go 1.23

require example.com/acme/faqts v1.0.0

// The generated client lies beside the program instead of in a repository of its own.
replace example.com/acme/faqts => ./faqts
