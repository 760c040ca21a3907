package shop;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers what goes wrong in the shop, and in the shop alone. */
@RestControllerAdvice
class ShopAdvice {
    @ExceptionHandler(Exception.class)
    @ResponseStatus(HttpStatus.I_AM_A_TEAPOT)
    String anything(Exception fault) {
        return "the shop is sorry";
    }
}
